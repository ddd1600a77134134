#include "base/memory.h"
#include "cli/run.h"

int main(int argc, char** argv) {
    tocsin::keep_freed_memory();
    return tocsin::run(argc, argv);
}
