#pragma once
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

namespace pli {

/// For code: which branch to take. For people there is the text of the Error.
enum class Fault : std::uint8_t {
    BadInput,        // a file, field or option somebody wrote is wrong
    AddressTooLong,  // the address does not fit the window
    MissingGlyph,    // no font of the workspace holds a character
    Overflow,        // a text, table or code outgrows its place
    NotFound,        // a named thing is not there
    Unsupported,     // well formed, but Pli does not do this
    Busy,            // somebody else holds it: a second run
    Newer,           // written by a later version of Pli
    Environment,     // disk, permission, missing program or font
};

/// An expected failure. Shown as `where: message; remedy`.
struct Error {
    Fault fault{};
    std::string where;     // place: "customers.csv:17, column zip", "templates/thanks/template.json:12:8"
    std::string message;   // cause: what is wrong and what was expected, no full stop
    std::string remedy{};  // what to do about it; may be empty where the message says it already

    std::string text() const {
        std::string line = where.empty() ? message : where + ": " + message;
        if (!remedy.empty()) line += "; " + remedy;
        return line;
    }
};

template <class T>
struct [[nodiscard]] Result : tl::expected<T, Error> {
    using tl::expected<T, Error>::expected;
    /// Written out, because the compiler's own would clear all the bytes an Error may take: `return {};` is on the road
    /// of every letter some hundred times.
    Result()
        requires(std::is_void_v<T> || std::is_default_constructible_v<T>)
    {}
};
using Done = Result<void>;

inline tl::unexpected<Error> failure(Fault fault, std::string where, std::string message, std::string remedy = {}) {
    return tl::unexpected<Error>(Error{fault, std::move(where), std::move(message), std::move(remedy)});
}

}  // namespace pli

/// Gives the value, or returns the error from the enclosing function. A name of its own each time, so that calls nest.
/// Not within a braced initialiser: g++ 12 forgets to destroy the members built before the return.
#define TRY(...) PLI_TRY_AS(PLI_TRY_NAME(__COUNTER__), __VA_ARGS__)
#define PLI_TRY_NAME(number) PLI_TRY_JOIN(number)
#define PLI_TRY_JOIN(number) result_##number
#define PLI_TRY_AS(result, ...)                                        \
    __extension__({                                                    \
        auto&& result = (__VA_ARGS__);                                 \
        if (!result) return tl::unexpected(std::move(result).error()); \
        ::pli::detail::value_of(result);                               \
    })

namespace pli::detail {
template <class T>
T value_of(Result<T>& r) {
    return std::move(*r);
}
inline void value_of(Result<void>&) {}
}  // namespace pli::detail
