// `tocsin render`: one template with one file of data, to stdout.
#include <iostream>
#include <iterator>
#include <system_error>

#include "base/file.h"
#include "campaign/read.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "compose/template_files.h"
#include "templating/template_set.h"

namespace tocsin {
namespace {

struct Options {
    std::string source;
    std::filesystem::path data;
    std::filesystem::path partials;
    bool text = false;
};

SourceText read_source(const std::string& file) {
    if (file == "-") {
        return {"stdin", std::string(std::istreambuf_iterator<char>(std::cin), {})};
    }
    try {
        return {file, read_file(file)};
    } catch (const std::system_error& error) {
        throw MissingInput("cannot read " + file + ": " + error.code().message());
    }
}

// `{{> part}}` is DIR/part.mustache; a name that could lead out of DIR names nothing.
PartialSource partials_in(const std::filesystem::path& folder, const TemplateFile& files) {
    return [folder, files](std::string_view name) -> std::optional<SourceText> {
        if (!is_partial_name(name)) return std::nullopt;
        const std::string file = std::string(name) + ".mustache";
        auto bytes = files(file);
        if (!bytes) return std::nullopt;
        return SourceText((folder / file).string(), std::move(*bytes));
    };
}

ExitCode render(const Options& options, Invocation& invocation) {
    Findings findings;
    std::map<std::string, std::string> read;
    PartialSource partials;
    if (!options.partials.empty()) {
        if (!std::filesystem::is_directory(options.partials)) {
            throw MissingInput("there is no folder " + options.partials.string());
        }
        partials = partials_in(options.partials, files_in(options.partials, read));
    }
    LoadOptions how{.escape = options.text ? Escape::kNone : Escape::kHtml,
                    .allow_rings = true,
                    .allow_missing_partials = true};
    auto loaded = load_template(read_source(options.source), partials, how, findings);
    std::optional<Value> data = Value(Value::Map{});
    if (!options.data.empty()) data = read_data(options.data, findings);
    if (!findings.empty()) invocation.console.print(findings);
    if (loaded && data) invocation.console.out(loaded->render(*data));
    return exit_code_of(findings);
}

}  // namespace

Command add_render(CLI::App& app) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("render", "Render one template with a file of data");
    command->add_option("template", options->source, "The template; - is standard input")
        ->type_name("TEMPLATE")
        ->required();
    command->add_option("--data", options->data, "YAML, or JSON where it ends in .json")
        ->type_name("FILE");
    command->add_option("--partials", options->partials, "Where {{> part}} is part.mustache")
        ->type_name("DIR");
    command->add_flag("--text", options->text, "Do not escape values for HTML");
    return {command, [options](Invocation& invocation) { return render(*options, invocation); }};
}

}  // namespace tocsin
