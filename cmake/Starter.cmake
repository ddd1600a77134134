# Turns the files under src/cli/starter/ into one source file, so that `tocsin init` needs nothing beside itself.
#   cmake -DFOLDER=... -DOUTPUT=... -P Starter.cmake
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
set(entries "")
foreach(name IN LISTS files)
    file(READ ${FOLDER}/${name} content)
    set(target ${name})
    if(name STREQUAL "gitignore")
        set(target ".gitignore")
    endif()
    string(APPEND entries "    {\"${target}\", R\"starter(${content})starter\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"cli/starter.h\"\n\nnamespace tocsin {\n\nstd::vector<StarterFile> starter_files() {\n    return {\n${entries}    };\n}\n\n}  // namespace tocsin\n")
