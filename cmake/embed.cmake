# pli_embed(room name FILES...) makes text files part of a room: <room>/<name>.cpp in the build folder defines
#   const std::vector<std::string_view>& pli::<room>::<name>()
# with the files' contents in the order given. A change of a file rebuilds it.
function(pli_embed room name)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  set(entries "")
  foreach(file ${ARGN})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
    file(READ ${file} text)
    string(APPEND entries "        R\"pli-text(${text})pli-text\",\n")
  endforeach()
  file(CONFIGURE OUTPUT ${source} CONTENT
"#include <string_view>
#include <vector>
namespace pli::@room@ {
const std::vector<std::string_view>& @name@();
const std::vector<std::string_view>& @name@() {
    static const std::vector<std::string_view> texts{
@entries@    };
    return texts;
}
}  // namespace pli::@room@
" @ONLY)
  target_sources(${room} PRIVATE ${source})
endfunction()

# pli_embed_binary(room symbol file) makes a file's bytes part of a room: extern "C" const char symbol[], symbol_end[].
function(pli_embed_binary room symbol file)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.S)
  cmake_path(ABSOLUTE_PATH file BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE path)
  file(CONFIGURE OUTPUT ${source} CONTENT
"    .section .rodata
    .balign 16
    .global @symbol@, @symbol@_end
@symbol@:
    .incbin \"@path@\"
@symbol@_end:
    .byte 0
    .section .note.GNU-stack,\"\",%progbits
" @ONLY)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${path})
  target_sources(${room} PRIVATE ${source})
endfunction()
