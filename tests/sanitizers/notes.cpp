// What the sanitizers see of libraries that are not built for them. Their names are fixed by the sanitizers.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions();

// fontconfig keeps a few hundred bytes of its configuration for good: FcInit() alone shows as a leak. libhyphen loses
// the figures of a pattern that its dictionary has twice.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\nleak:libhyphen"; }

// GLib hands memory from thread to thread under locks that TSan cannot see; the list that Pango returns is such memory.
// With G_SLICE=always-malloc the last line is not needed.
extern "C" const char* __tsan_default_suppressions() {
    return "race:libglib-2.0.so\nrace:libgobject-2.0.so\nrace:libpango-1.0.so\nrace:pli::fonts::Itemizer::itemize";
}
