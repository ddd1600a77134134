# Turns the style and the script of the preview's page into one source file, byte for byte: the page's policy allows the script
# by its hash.
#   cmake -DFOLDER=... -DOUTPUT=... -P PageResources.cmake
file(READ ${FOLDER}/page.css style)
file(READ ${FOLDER}/page.js script)
file(WRITE ${OUTPUT} "#include \"preview/resources.h\"

namespace tocsin {

std::string_view page_style() {
    return R\"page(${style})page\";
}

std::string_view page_script() {
    return R\"page(${script})page\";
}

}  // namespace tocsin
")
