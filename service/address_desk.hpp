#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "address/examiner.hpp"
#include "base/day.hpp"
#include "base/letter.hpp"
#include "base/result.hpp"
#include "jobs/queued_letter.hpp"
#include "layouts/address_gauge.hpp"
#include "service/workspace.hpp"

namespace pli::service {

/// One address looked over: its lines as printed (none where it is refused), what was found, and with a template how it
/// stands in the window.
struct CheckedAddress {
    std::uint64_t row = 0;
    address::Lines lines;
    std::vector<address::Finding> findings;
    std::optional<layouts::AddressFit> fit;

    address::Severity worst() const;
};

/// Looks over addresses one after the other and counts what it found.
/// Errors   open: the template's own, as compose
/// Threads  one object per thread
class AddressDesk {
public:
    /// Sent from that country, into a window of six lines, seven abroad.
    explicit AddressDesk(const std::string& sender_country);
    /// Into the window of a template, in its type.
    static Result<AddressDesk> open(const Workspace& workspace, const std::string& template_name, Day day);
    ~AddressDesk();
    AddressDesk(AddressDesk&&) noexcept;

    /// Good until the next call.
    const CheckedAddress& check(const jobs::NewLetter& letter, std::uint64_t row);
    const CheckedAddress& check(const Letter& letter, std::uint64_t row);
    const address::Tally& tally() const;

private:
    struct State;
    explicit AddressDesk(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pli::service
