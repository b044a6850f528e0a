# A room is a folder, a static library, a README. `USES` names rooms, `LIBRARIES` third-party targets.
add_library(pli_flags INTERFACE)
target_include_directories(pli_flags INTERFACE ${CMAKE_SOURCE_DIR})
set(PLI_WARNINGS errors CACHE STRING "errors, or told: under sanitizers g++ 12 warns of what is not there (moved variants)")
target_compile_options(pli_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  $<$<STREQUAL:${PLI_WARNINGS},errors>:-Werror>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-overlength-strings>  # embedded data files
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 sees overlaps in "x" + std::to_string(n) that are not there (PR 105329)
target_compile_definitions(pli_flags INTERFACE PLI_VERSION="${PROJECT_VERSION}")

function(pli_library name)
  cmake_parse_arguments(room "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(${name} STATIC ${room_SOURCES})
  target_link_libraries(${name} PUBLIC pli_flags ${room_USES} PRIVATE ${room_LIBRARIES})
endfunction()

# Tests of one room in one program: test_<room>. Run from the source folder, so that test data is found by relative path.
function(pli_test name)
  cmake_parse_arguments(room "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_executable(test_${name} ${room_SOURCES} ${CMAKE_SOURCE_DIR}/tests/sanitizers/notes.cpp)
  target_compile_options(test_${name} PRIVATE -O0)  # test code is built more often than it runs
  target_link_libraries(test_${name} PRIVATE pli_flags outside ${room_USES} ${room_LIBRARIES} Catch2::Catch2WithMain)
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()
