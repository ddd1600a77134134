// W0 on SQLite. Rows are collected in memory and stored a thousand at a time under a plan (or,
// when topping up, beyond the end of a plan) that nobody sees; `commit` shows them.
//
// Failpoints: "w0-rows" after each stored portion, "w0-before-ready", "w0-after-ready".
#pragma once

#include <filesystem>
#include <memory>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// Takes the mailing's lock until the writer's commit or end.
std::unique_ptr<PlanWriter> make_plan_writer(std::shared_ptr<Connection> connection,
                                             const std::filesystem::path& ledger,
                                             const PlanHeader& header, PlanKind kind);

}  // namespace tocsin::sqlite
