#include "cli/commands.h"

namespace tocsin {

std::vector<Command> add_commands(CLI::App& app) {
    std::vector<Command> commands = {
        add_init(app),     add_check(app),   add_render(app),  add_preview(app), add_test(app),
        add_plan(app),     add_approve(app), add_diff(app),    add_send(app),    add_due(app),
        add_schedule(app), add_hold(app),    add_release(app), add_cancel(app),  add_status(app),
        add_explain(app),  add_resolve(app), add_report(app),  add_inbound(app)};
    for (Command& command : add_suppress(app)) commands.push_back(std::move(command));
    for (Command& command : add_ledger(app)) commands.push_back(std::move(command));
    commands.push_back(add_serve(app));
    return commands;
}

}  // namespace tocsin
