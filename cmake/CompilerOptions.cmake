# Flags that every target of ours shares. Third-party headers come in as system headers.
# -O3 costs a third more time to build and gains nothing here: the hot loops are short.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                    -Wimplicit-fallthrough)
if(TOCSIN_WERROR)
    add_compile_options(-Werror)
endif()
if(TOCSIN_SANITIZE)
    add_compile_options(-fsanitize=${TOCSIN_SANITIZE} -fno-omit-frame-pointer -g)
    add_link_options(-fsanitize=${TOCSIN_SANITIZE})
endif()
add_compile_options(-fstack-protector-strong)
add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

# GCC 12 sees overlaps in std::string (GCC bug 105651) and uninitialised members of moved-from variants
# (GCC bug 105562) that are not there. clang checks both in the fuzz preset.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    add_compile_options(-Wno-restrict -Wno-maybe-uninitialized)
endif()
