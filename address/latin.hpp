#pragma once
#include <memory>
#include <string>
#include <string_view>

namespace pli::address {

/// Whether a text has letters that are not Latin: a sorter abroad cannot read it.
bool is_foreign_script(std::string_view text);

/// Writes towns in Latin capitals without accents, for mail from abroad.
/// Source   UPU letter post: address in Latin letters and Arabic numerals; the romanisations are those that ICU has of
///          BGN/PCGN (Cyrillic) and UNGEGN (Greek)
/// Threads  one object per thread
class Romaniser {
public:
    Romaniser();
    ~Romaniser();
    Romaniser(Romaniser&&) noexcept;
    /// False, and nothing is appended, for scripts whose reading the letters do not tell: Chinese, Japanese, Arabic,
    /// Hebrew, Thai.
    bool append(std::string_view town, std::string_view country, std::string& out);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pli::address
