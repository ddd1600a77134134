// Folds what is the same for everybody into text, and checks every name on the way.
//
// What is left is a program in which only recipients' fields are looked up: loops over data are
// unrolled, sections over data decided, values escaped once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "templating/lambda.h"
#include "templating/node.h"
#include "templating/program.h"
#include "templating/sources.h"
#include "templating/template_set.h"

namespace tocsin::templating {

// A program's slots are the fields in their order, then its calls.
struct Bound {
    struct Call {
        Lambda lambda;
        Program content;
    };
    // The spots of programs are places as the user knows them, whatever the sources' base.
    Program program;
    std::vector<Call> calls;
    std::vector<FieldUse> required;
    std::vector<bool> used;
    std::vector<FieldUse> uses;
    std::vector<FieldBranch> branches;
    std::vector<std::string> files;  // that the spots of its programs mean
};

// Nothing is returned if there were errors and they are not tolerated.
std::optional<Bound> bind_tree(const std::vector<Node>& tree, const Sources& sources,
                               const Value& constants, std::span<const std::string> fields,
                               Escape escape, Findings& findings, Faults faults = Faults::kRefuse);

}  // namespace tocsin::templating
