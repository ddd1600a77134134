#include "cli/run.h"

int main(int argc, char** argv) {
    return tocsin::run(argc, argv);
}
