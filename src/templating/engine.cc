#include "templating/engine.h"

#include <charconv>
#include <kainjow/mustache.hpp>
#include <map>
#include <stdexcept>

#include "base/html.h"

namespace tocsin::templating {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::size_t kMostSteps = 200'000;
constexpr std::size_t kMostBytes = std::size_t{64} << 20;

// kainjow takes a line away that holds a section and else only blanks, and to it all that a program
// prints is one line. A guard in front keeps it, and is cut off again.
constexpr char kGuardTag[] = "{{&g}}";
const mustache::data guard{"|"};

// Collects what kainjow writes, which is all in one piece, without the guard.
struct Sink {
    std::string text;
    Sink& operator<<(const std::string& piece) {
        text.assign(piece, 1);
        return *this;
    }
};

std::size_t number(const std::string& name) {
    std::size_t value = 0;
    std::from_chars(name.data() + 1, name.data() + name.size(), value);
    return value;
}

}  // namespace

RenderLimit::RenderLimit()
    : Error(ExitCode::kBadInput, "the template renders more than a mail can hold",
            "look for sections in sections that run over long lists") {}

struct Engine::Impl {
    // Answers kainjow's questions about names, which are numbers of slots.
    class Context : public mustache::basic_context<std::string> {
      public:
        Context(const std::vector<mustache::data>& texts, Values& values)
            : texts_(texts), values_(values) {}

        const mustache::data* get(const std::string& name) const override {
            return const_cast<Context*>(this)->look_up(name[0], number(name));
        }
        const mustache::data* get_partial(const std::string&) const override { return nullptr; }

        void push(const mustache::data*) override {
            Loop& loop = loops_.back();
            values_.enter(loop.slot, loop.next++);
        }

        void pop() override {
            values_.leave();
            if (loops_.back().next == loops_.back().count) loops_.pop_back();
        }

      private:
        // A section that kainjow is in: it asks once and then pushes once for each item.
        struct Loop {
            std::size_t slot, count, next;
        };

        const mustache::data* look_up(char kind, std::size_t slot) {
            if (++values_.steps_ > kMostSteps) throw RenderLimit();
            switch (kind) {
                case 'g':
                    return &guard;
                case 't':
                    return counted(texts_[slot]);
                case 'v':
                    return value(values_.print(slot));
                case 'i':
                    return values_.repeat(slot) > 0 ? &once : nullptr;
                default:
                    return section(slot, values_.repeat(slot));
            }
        }

        const mustache::data* value(std::string_view text) {
            value_ = mustache::data(std::string(text));
            return counted(value_);
        }

        const mustache::data* counted(const mustache::data& text) {
            values_.bytes_ += text.string_value().size();
            if (values_.bytes_ > kMostBytes) throw RenderLimit();
            return &text;
        }

        const mustache::data* section(std::size_t slot, std::size_t count) {
            if (count == 0) return nullptr;
            loops_.push_back({slot, count, 0});
            if (count == 1) return &once;
            auto [list, is_new] = lists_.try_emplace(count, mustache::data::type::list);
            if (is_new) {
                for (std::size_t i = 0; i < count; ++i) list->second.push_back(once);
            }
            return &list->second;
        }

        inline static const mustache::data once{true};
        const std::vector<mustache::data>& texts_;
        Values& values_;
        mustache::data value_;
        std::vector<Loop> loops_;
        std::map<std::size_t, mustache::data> lists_;  // of so many items that mean nothing
    };

    Impl(const Program& program, Escape escape) : renderer(kGuardTag + program.source()) {
        if (!renderer.is_valid()) throw std::logic_error(renderer.error_message());
        renderer.set_custom_escape([escape](const std::string& text) {
            return escape == Escape::kHtml ? escape_html(text) : text;
        });
        for (const std::string& text : program.texts()) texts.emplace_back(text);
    }

    mustache::mustache renderer;
    std::vector<mustache::data> texts;
};

Engine::Engine(const Program& program, Escape escape)
    : impl_(std::make_unique<Impl>(program, escape)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

std::string Engine::run(Values& values) {
    Impl::Context context(impl_->texts, values);
    Sink sink;
    // The overload that takes a reference to the base class; the other one takes data.
    mustache::basic_context<std::string>& names = context;
    impl_->renderer.render(names, sink);
    return std::move(sink.text);
}

}  // namespace tocsin::templating
