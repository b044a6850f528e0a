#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/compiled_template.hpp"
#include "layouts/formats.hpp"

namespace pli::layouts {

/// What an empty value means where it stands: a hole in a sentence, or simply nothing (a table's cell, an address
/// line).
enum class Emptiness : std::uint8_t { Refused, Allowed };

/// The values of one letter's placeholders: found, formatted and looked at once, however often the template uses them.
/// Errors   BadInput "field ... is missing or empty"; a value its format cannot read
/// Threads  one object per thread
class LetterValues {
public:
    struct Value {
        std::string_view text;
        bool bound = false;  // some field or recipient part answers to the name
        bool simple = true;  // Shaper::is_simple
    };

    explicit LetterValues(Day day) : today_(day.iso()) {}

    /// `locale` as the letter or else its template says.
    Done start(const CompiledTemplate::State& state, const Letter& letter);
    Result<const Value*> of(std::size_t placeholder, Emptiness emptiness);
    bool present(std::size_t placeholder);
    bool holds(const Condition& condition);
    std::string_view locale() const { return locale_; }
    /// Value as the letter has it, unformatted: lists.
    FieldValue raw(std::size_t placeholder);

    /// The page at hand answers to {page} and {pages}.
    void set_page(std::size_t page, std::size_t pages);
    /// A number that can be added up; nothing where the row has none.
    Result<std::optional<Amount>> amount(std::size_t placeholder);
    std::string_view decimal_sign() const { return formats_.decimal_sign(); }

    /// A table's row answers to these placeholders first; nullopt: the row does not know the name.
    void set_row(const std::vector<std::uint16_t>& slots, const std::vector<std::optional<std::string>>& values);

private:
    struct Slot {
        Value value;
        bool ready = false;
        std::optional<std::string_view> row;
        std::string formatted, scratch;  // kept for their memory
    };
    struct Bound {
        const CompiledTemplate::State* state;
        std::shared_ptr<const FieldNames> names;
        std::vector<FieldBinding> bindings;
    };
    const std::vector<FieldBinding>& bindings_for(const CompiledTemplate::State& state,
                                                  const std::shared_ptr<const FieldNames>& names);
    Done fill(std::size_t placeholder, Slot& slot);

    std::string today_, locale_;
    std::string page_, pages_;
    Formats formats_;
    std::vector<Bound> bound_;
    std::vector<Slot> slots_;
    const CompiledTemplate::State* state_ = nullptr;
    const Letter* letter_ = nullptr;
    const std::vector<FieldBinding>* bindings_ = nullptr;
};

}  // namespace pli::layouts
