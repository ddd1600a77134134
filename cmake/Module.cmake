# One static library a module, named after its folder under src/.
#   tocsin_module(mail DEPENDS base PRIVATE OpenSSL::Crypto)
# DEPENDS are modules of ours whose headers its own headers show; PRIVATE are third-party
# libraries that stay inside it.
function(tocsin_module name)
    cmake_parse_arguments(ARG "" "" "DEPENDS;PRIVATE" ${ARGN})
    file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc
                                        ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*/*.cc)
    if(NOT sources)
        set(sources ${CMAKE_SOURCE_DIR}/cmake/empty.cc)
    endif()
    add_library(tocsin_${name} STATIC ${sources})
    target_include_directories(tocsin_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    list(TRANSFORM ARG_DEPENDS PREPEND tocsin_)
    target_link_libraries(tocsin_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE})
endfunction()
