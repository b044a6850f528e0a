# The proof page: three files made by Vite, embedded in the room http. Without Node.js the program is built all the same
# and says at / what is missing. PLI_PAGE=OFF leaves the page out; the builds with sanitizers do.
option(PLI_PAGE "build the proof page, where Node.js and npm are" ON)
find_program(PLI_NPM npm)
find_program(PLI_NODE NAMES node nodejs)
if(NOT PLI_PAGE)
  return()
endif()
if(NOT PLI_NPM OR NOT PLI_NODE)
  message(STATUS "pli serve gets no proof page: node or npm is not there")
  return()
endif()
set(web ${CMAKE_SOURCE_DIR}/web)
set(page ${CMAKE_BINARY_DIR}/page)
file(GLOB sources CONFIGURE_DEPENDS ${web}/src/*)
add_custom_command(
  OUTPUT ${page}/dist/index.html ${page}/dist/proof.js ${page}/dist/proof.css
  COMMAND ${web}/build_page.sh ${web} ${page}
  DEPENDS ${sources} ${web}/index.html ${web}/vite.config.js ${web}/package.json ${web}/package-lock.json ${web}/build_page.sh
  COMMENT "Building the proof page" VERBATIM)
pli_embed_binary(http pli_page_html ${page}/dist/index.html)
pli_embed_binary(http pli_page_js ${page}/dist/proof.js)
pli_embed_binary(http pli_page_css ${page}/dist/proof.css)
target_compile_definitions(http PRIVATE PLI_HAS_PAGE)
