#include "tests/stamping/acceptance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <vector>

#include "service/press_setup.hpp"
#include "service/upload_repairs.hpp"
#include "service/upload_zones.hpp"
#include "uploads/check.hpp"

namespace pli::stamping {
namespace {

using uploads::Finding;
using uploads::Severity;
using Clock = std::chrono::steady_clock;

constexpr double most_seconds = 10;

/// A merchant who does what the report says, for DIN 5008 form B on 22 November 2026.
class Merchant {
public:
    Verdict bring(const RealFile& file) {
        verdict_ = {};
        check(file);
        if (verdict_.told.empty()) repair_and_check(file);
        if (verdict_.seconds > most_seconds)
            verdict_.fate = Fate::Wrong, verdict_.told = fmt::format("{:.1f} s", verdict_.seconds);
        return verdict_;
    }

private:
    void check(const RealFile& file) { look_at(file.bytes, file.name, Fate::Refused); }

    /// `told` says what is fatal; what is offered is added to the repairs to do.
    void look_at(const std::string& bytes, const std::string& name, Fate if_fatal) {
        const auto began = Clock::now();
        const auto report = uploads::check(bytes, name, zones_, {});
        verdict_.seconds = std::max(verdict_.seconds, std::chrono::duration<double>(Clock::now() - began).count());
        if (!report) return end(Fate::Wrong, report.error().text());
        offered_.clear();
        for (const Finding& one : report->findings) {
            if (one.code == "unsafe") return end(Fate::Wrong, one.found);
            if (one.severity == Severity::Fatal) return end(if_fatal, one.code + ": " + one.found);
            if (one.severity == Severity::Repairable) offered_.push_back(one.repair);
        }
        std::ranges::sort(offered_);
        offered_.erase(std::unique(offered_.begin(), offered_.end()), offered_.end());
    }

    /// A page that is turned or scaled may only then be seen to have something in a zone.
    void repair_and_check(const RealFile& file) {
        std::vector<std::string> done;
        while (verdict_.told.empty()) {
            if (offered_.empty()) return end(done.empty() ? Fate::Accepted : Fate::Repaired, joined(done));
            const auto known = done.size();
            for (const auto& repair : offered_)
                if (std::ranges::find(done, repair) == done.end()) done.push_back(repair);
            if (done.size() == known) return end(Fate::Wrong, "not cured by " + joined(done));
            const auto plan = service::repair_plan(done, {*profile_, false, nullptr});
            REQUIRE(plan);
            const auto repaired = uploads::repair(file.bytes, *plan, file.name);
            if (!repaired) return end(Fate::Wrong, joined(done) + ": " + repaired.error().text());
            look_at(repaired->bytes, file.name, Fate::Wrong);
        }
    }

    static std::string joined(const std::vector<std::string>& names) {
        return names.empty() ? "nothing to do" : fmt::format("{}", fmt::join(names, ","));
    }
    void end(Fate fate, std::string told) {
        verdict_.fate = fate;
        verdict_.told = std::move(told);
    }

    layouts::ProfileSet profiles_ = layouts::ProfileSet::load("layouts/profiles", "").value();
    const layouts::Profile* profile_ = profiles_.find("DIN5008-B", Day::of(2026, 11, 22)).value();
    uploads::SheetZones zones_ = service::zones_of(*profile_, service::usual_press());
    std::vector<std::string> offered_;
    Verdict verdict_;
};

}  // namespace

Verdict verdict_on(const RealFile& file) {
    static Merchant merchant;
    return merchant.bring(file);
}

}  // namespace pli::stamping
