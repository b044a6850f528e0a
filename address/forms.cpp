#include "address/forms.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <memory>

#include "address/tables.hpp"

namespace pli::address {

namespace {

constexpr std::string_view part_letters = "NODcXSPZCR";  // in the order of Part

std::string literal(std::string_view& form) {
    form.remove_prefix(1);
    const std::size_t end = std::min(form.find('\''), form.size());
    std::string text(form.substr(0, end));
    form.remove_prefix(std::min(end + 1, form.size()));
    return text;
}

LineForm read_line(std::string_view form) {
    LineForm line;
    Step step;
    while (!form.empty()) {
        const std::size_t part = part_letters.find(form.front());
        if (form.front() == '\'' || part != part_letters.npos) {
            if (part != part_letters.npos) {
                step.part = static_cast<Part>(part);
                form.remove_prefix(1);
            } else {
                step.text = literal(form);
            }
            line.push_back(std::move(step));
            step = {};
            continue;
        }
        if (form.front() == '^') {
            step.capitals = true;
        } else {
            step.between += form.front();
        }
        form.remove_prefix(1);
    }
    return line;
}

std::vector<LineForm> read_lines(std::string_view form) {
    std::vector<LineForm> lines;
    for (const auto line : split(form, '/'))
        if (!line.empty()) lines.push_back(read_line(line));
    return lines;
}

std::vector<std::string> words(std::string_view text, char between) {
    std::vector<std::string> found;
    for (const auto word : split(text, between))
        if (!word.empty()) found.emplace_back(word);
    return found;
}

/// tables/countries.tsv: country, form, form in its own script, postal codes, required, example.
Form read_row(std::string_view row) {
    auto cells = split(row, '\t');
    cells.resize(6);
    Form form;
    form.country = form.home = cells[0];
    form.lines = read_lines(cells[1]);
    form.script = read_lines(cells[2]);
    form.codes = words(cells[3], '|');
    for (const char c : cells[4])
        if (c == 'Z' || c == 'A') form.needs += c == 'A' ? 'S' : c;
    form.example = cells[5];
    form.box = "PO Box";
    return form;
}

Manner manner_named(std::string_view name) {
    if (name == "french") return Manner::French;
    return name == "american" ? Manner::American : Manner::Plain;
}

/// What forms.toml says takes the place of what the table has; the table's example stays.
void apply(const toml::table& entry, Form& form) {
    const auto text = [&](const char* key) { return std::string_view(entry[key].value_or("")); };
    form.lines = read_lines(text("lines"));
    form.script = read_lines(text("script"));
    form.codes = words(text("codes"), '|');
    form.box = text("box").empty() ? "PO Box" : text("box");
    form.box_pairs = entry["box_pairs"].value_or(false);
    form.prefixes = words(text("prefixes"), ' ');
    form.manner = manner_named(text("manner"));
    if (!text("home_of").empty()) form.home = text("home_of");
    form.number = entry["number"].value_or(false);
    form.needs = text("needs");
}

struct Forms {
    std::array<std::unique_ptr<Form>, country_places> by_country;

    Forms() {
        for (const auto row : rows(countries_tsv())) {
            Form form = read_row(row);
            const auto place = place_of(form.country);
            by_country[place] = std::make_unique<Form>(std::move(form));
        }
        const auto table = toml::parse(forms_toml());
        for (const auto& entry : *table["form"].as_array())
            for (const auto& country : words((*entry.as_table())["countries"].value_or(""), ' '))
                apply(*entry.as_table(), *by_country[place_of(country)]);
    }
};

const Forms& forms() {
    static const Forms all;
    return all;
}

}  // namespace

bool Form::prints(Part part) const {
    const auto has = [&](const LineForm& line) {
        return std::any_of(line.begin(), line.end(), [&](const Step& step) { return step.part == part; });
    };
    return std::any_of(lines.begin(), lines.end(), has);
}

const Form* form_of(std::string_view alpha2) {
    return is_alpha2(alpha2) ? forms().by_country[place_of(alpha2)].get() : nullptr;
}

std::vector<std::string> countries() {
    std::vector<std::string> all;
    for (const auto& form : forms().by_country)
        if (form) all.push_back(form->country);
    return all;
}

}  // namespace pli::address
