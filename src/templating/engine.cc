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

// kainjow asks for each tag when its turn has come, and nothing stands between tags. So a tag's
// text goes to the result right then, and kainjow, which would copy it several times, hears that
// there is none: all that it has to write at the end is an empty line.
struct Nowhere {
    Nowhere& operator<<(const std::string&) { return *this; }
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
        Context(const std::vector<std::string>& texts, Values& values, std::string& result)
            : texts_(texts), values_(values), result_(result) {}

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
                case 't':
                    return write(texts_[slot]);
                case 'v':
                    return write(values_.print(slot));
                case 'e':
                    return write_escaped(values_.print(slot));
                case 'i':
                    return values_.repeat(slot) > 0 ? &once : nullptr;
                default:
                    return section(slot, values_.repeat(slot));
            }
        }

        const mustache::data* write(std::string_view text) {
            count(text);
            result_ += text;
            return nullptr;
        }

        const mustache::data* write_escaped(std::string_view text) {
            count(text);
            append_escaped_html(result_, text);
            return nullptr;
        }

        void count(std::string_view text) {
            values_.bytes_ += text.size();
            if (values_.bytes_ > kMostBytes) throw RenderLimit();
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
        const std::vector<std::string>& texts_;
        Values& values_;
        std::string& result_;
        std::vector<Loop> loops_;
        std::map<std::size_t, mustache::data> lists_;  // of so many items that mean nothing
    };

    explicit Impl(const Program& program) : renderer(program.source()), texts(program.texts()) {
        if (!renderer.is_valid()) throw std::logic_error(renderer.error_message());
    }

    mustache::mustache renderer;
    std::vector<std::string> texts;
    std::size_t usual_size = 0;  // of the results: that of the last, and a little more
};

Engine::Engine(const Program& program) : impl_(std::make_unique<Impl>(program)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

std::string Engine::run(Values& values) {
    std::string result;
    result.reserve(impl_->usual_size);
    Impl::Context context(impl_->texts, values, result);
    Nowhere nowhere;
    // The overload that takes a reference to the base class; the other one takes data.
    mustache::basic_context<std::string>& names = context;
    impl_->renderer.render(names, nowhere);
    impl_->usual_size = result.size() + result.size() / 16;
    return result;
}

}  // namespace tocsin::templating
