// fontconfig keeps a few hundred bytes of its configuration for good: FcInit() alone shows as a leak.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }
