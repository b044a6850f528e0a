#include "pipeline/franking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "pipeline/manifest.hpp"

namespace pli::pipeline {
namespace {

std::string flags_of(const postage::Assessment& assessment) {
    const auto& choice = assessment.choice;
    std::string flags;
    const auto flag = [&flags](bool raised, std::string_view name) {
        if (raised) flags += (flags.empty() ? "" : " ") + std::string(name);
    };
    flag(!choice.product, "unpriced");
    flag(choice.near_limit, "near-limit");
    flag(!choice.confirmed, "unconfirmed");
    flag(!assessment.weighed.fits, "too-thick");
    return flags;
}

/// Both files' columns, in the order of `franking_columns`. What is not known is empty, and null.
void write_columns(Franking& franking) {
    const auto& [weighed, choice, doubts] = franking.assessment;
    const bool weighs = weighed.mass > Mass{};
    const auto mass = weighs ? fmt::format("{:.2f}", weighed.mass.to_g()) : "";
    const auto thickness = weighs ? fmt::format("{:.2f}", weighed.thickness.to_mm()) : "";
    const auto step = choice.product ? fmt::format("{:.6g}", choice.step.to_g()) : "";
    const auto price = choice.product ? choice.price.amount() : "";
    const std::array<std::string, 7> values{
        mass, thickness,     std::string(franking.product()), price, std::string(choice.price.currency.text()),
        step, franking.flags};
    constexpr std::array<bool, 7> is_number{true, true, false, false, false, true, false};
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) (franking.csv += ','), franking.json += ',';
        append_csv_field(franking.csv, values[i]);
        append_json_string(franking.json, franking_columns[i]);
        franking.json += ':';
        if (!is_number[i])
            append_json_string(franking.json, values[i]);
        else
            franking.json += values[i].empty() ? "null" : values[i];
    }
}

std::array<char, 2> two(std::string_view text) {
    return {text.empty() ? '\0' : text[0], text.size() < 2 ? '\0' : text[1]};
}
std::string_view shown(const std::array<char, 2>& text) {
    return std::string_view(text.data(), text.size()).substr(0, text[1] == '\0' ? (text[0] == '\0' ? 0 : 1) : 2);
}

}  // namespace

Postings& Postings::operator+=(const Postings& more) {
    auto sum = more;
    sum.pieces += pieces;
    sum.mass += mass;
    sum.postage += postage;
    sum.refund += refund;
    return *this = std::move(sum);
}

Postings posting_of(const postage::Assessment& assessment, const std::string& country, std::uint32_t pieces) {
    const auto& choice = assessment.choice;
    Postings posting;
    posting.product = choice.product ? choice.product->id : "";
    posting.country = country;
    posting.pieces = pieces;
    posting.mass = assessment.weighed.mass * pieces;
    posting.postage = choice.price * pieces;
    posting.refund = choice.refund * pieces;
    posting.flags = flags_of(assessment);
    for (const auto* part : {&choice.reason, &choice.near, &choice.unconfirmed, &assessment.paper_source})
        if (!part->empty()) posting.remark += (posting.remark.empty() ? "" : "; ") + *part;
    return posting;
}

const Franking& not_franked() {
    static const Franking empty = [] {
        Franking franking;
        write_columns(franking);
        return franking;
    }();
    return empty;
}

std::size_t FrankingDesk::KindHash::operator()(const Kind& kind) const {
    std::uint64_t packed = kind.template_index;
    const auto add = [&packed](std::uint64_t part, int bits) { packed = packed << bits | part; };
    add(kind.sheets, 10);
    add(kind.size, 3);
    for (const auto& pair : {kind.country, kind.region})
        for (const char c : pair) add(static_cast<unsigned char>(c), 7);
    return static_cast<std::size_t>(packed * 0x9e3779b97f4a7c15ULL >> 16);
}

FrankingDesk::FrankingDesk(const RunPlan& plan, const Composition& composition)
    : plan_(plan), composition_(composition) {
    if (plan_.post_office && plan_.post_office->asks_for_volume()) foresee();
}

std::string_view FrankingDesk::country_of(const Letter& letter) const {
    return letter.recipient.country.empty() ? std::string_view(plan_.country) : letter.recipient.country;
}

std::uint32_t FrankingDesk::sheets_of(const Letter& letter, std::size_t pages) const {
    const auto& production = composition_.letterforms[letter.template_index].production;
    const auto sides = letter.options.sides.value_or(production.sides);
    const std::size_t pages_per_sheet = sides == Sides::Duplex ? 2 : 1;
    return static_cast<std::uint32_t>((pages + pages_per_sheet - 1) / pages_per_sheet);
}

std::uint8_t FrankingDesk::number_of(Size sheet) {
    const auto found = std::find_if(sizes_.begin(), sizes_.end(), [&](Size s) { return same_sheet(s, sheet); });
    const auto number = static_cast<std::uint8_t>(found - sizes_.begin());
    if (found == sizes_.end()) sizes_.push_back(sheet);
    return number;
}

FrankingDesk::Kind FrankingDesk::kind_of(const Letter& letter, const layouts::TypesetLetter& typeset) {
    Kind kind;
    kind.template_index = letter.template_index;
    kind.sheets = static_cast<std::uint16_t>(sheets_of(letter, typeset.page_count));
    kind.size = number_of(typeset.pages[0].size);
    kind.country = two(country_of(letter));
    if (plan_.post_office->asks_for_region()) kind.region = two(letter.recipient.postal_code);
    return kind;
}

Franking FrankingDesk::assess(const Letter& letter, const Kind& kind) const {
    const auto& letterform = composition_.letterforms[letter.template_index];
    const auto& production = letterform.production;
    const postage::Described described{kind.sheets, sizes_[kind.size], production.paper, production.envelope,
                                       letterform.name};
    Franking franking;
    franking.number = static_cast<std::uint32_t>(known_.size());
    franking.assessment = plan_.post_office->assess(described, country_of(letter),
                                                    postage::Forecast::Near(forecast_, shown(kind.region)));
    for (const auto& insert : plan_.post_office->stocks().inserts_for(letterform.name))
        franking.inserts.push_back(insert.name);
    franking.flags = flags_of(franking.assessment);
    write_columns(franking);
    return franking;
}

const Franking* FrankingDesk::frank(const Letter& letter, const layouts::TypesetLetter& typeset) {
    if (!plan_.post_office) return nullptr;
    const auto kind = kind_of(letter, typeset);
    if (last_ && kind == last_kind_) return last_;
    auto found = known_.find(kind);
    if (found == known_.end()) found = known_.emplace(kind, assess(letter, kind)).first;
    last_kind_ = kind;
    return last_ = &found->second;  // an unordered_map's elements stay where they are
}

/// What the samples of each template are made of; one sheet of A4 where a template has none.
std::vector<std::vector<FrankingDesk::Shape>> FrankingDesk::shapes_of_samples() const {
    std::vector<std::vector<Shape>> shapes(composition_.letterforms.size());
    const auto typeset = composition_.typesetter();
    layouts::TypesetLetter pages;
    const auto count = [](std::vector<Shape>& all, std::uint32_t sheets, Size size) {
        const auto same = std::find_if(all.begin(), all.end(), [&](const Shape& s) { return s.sheets == sheets; });
        if (same == all.end()) return all.push_back({sheets, size, 1});
        ++same->samples;
    };
    if (plan_.samples)
        for (const auto& letter : *plan_.samples)
            if (typeset(letter, pages) && pages.page_count > 0)
                count(shapes[letter.template_index], sheets_of(letter, pages.page_count), pages.pages[0].size);
    for (auto& of_template : shapes)
        if (of_template.empty()) of_template.push_back({1, {210_mm, 297_mm}, 1});
    return shapes;
}

/// Shares the letters out as the samples are; what does not divide goes to the commonest shape.
void FrankingDesk::expect(const RunPlan::Expected& expected, const std::vector<Shape>& shapes) {
    const auto& letterform = composition_.letterforms[expected.template_index];
    const auto country = expected.country.empty() ? plan_.country : expected.country;
    std::int64_t samples = 0, rest = expected.letters;
    for (const auto& shape : shapes) samples += shape.samples;
    for (const auto& shape : shapes) rest -= expected.letters * shape.samples / samples;
    const auto commonest = std::max_element(shapes.begin(), shapes.end(),
                                            [](const Shape& a, const Shape& b) { return a.samples < b.samples; });
    for (const auto& shape : shapes) {
        const auto pieces = expected.letters * shape.samples / samples + (&shape == &*commonest ? rest : 0);
        const auto makeup = plan_.post_office->make_up(
            {shape.sheets, shape.size, letterform.production.paper, letterform.production.envelope, letterform.name});
        if (makeup) forecast_.expect(*plan_.post_office, *makeup, country, expected.region, pieces);
    }
}

void FrankingDesk::foresee() {
    const auto shapes = shapes_of_samples();
    for (const auto& expected : plan_.expected) expect(expected, shapes[expected.template_index]);
}

}  // namespace pli::pipeline
