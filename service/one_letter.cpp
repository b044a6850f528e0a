#include "service/one_letter.hpp"

#include <nlohmann/json.hpp>

#include "service/composing.hpp"
#include "store/letter_store.hpp"

namespace pli::service {
namespace {

/// An addressee for samples that name none: the window must not stay empty in a preview.
nlohmann::json someone(const std::string& country) {
    return {{"first_name", "Camille"}, {"last_name", "Exemple"}, {"street", "1 rue de la Poste"},
            {"postal_code", "75001"},  {"city", "Paris"},        {"country", country}};
}

Result<std::string> data_of(const Workspace& workspace, const OneLetterRequest& request) {
    const bool from_file = !request.data_file.empty();
    if (!from_file && request.data.empty()) return sample_data(workspace, request.template_name);
    const auto text = from_file ? TRY(read_file(request.data_file)) : request.data;
    const auto parsed = nlohmann::json::parse(text, nullptr, false);
    if (!parsed.is_object())
        return failure(Fault::BadInput, from_file ? request.data_file : "data", "is not a JSON object",
                       "expected {\"first_name\": \"…\", …}");
    return parsed.dump();
}

/// Goes the way of any letter: through the reader of JSON Lines.
Done read_data(const Workspace& workspace, const OneLetterRequest& request, OneLetter& shown) {
    intake::Options options;
    options.template_name = request.template_name;
    options.home_country = workspace.country;
    const auto where = !request.data_file.empty() ? request.data_file
                       : request.data.empty()     ? "sample of template " + request.template_name
                                                  : "data";
    shown.reader.emplace(TRY(intake::LetterReader::of_json(TRY(data_of(workspace, request)), where, options)));
    jobs::NewLetter data;
    if (!shown.reader->next(data)) {
        const auto& errors = shown.reader->report().errors;
        return tl::unexpected(errors.empty() ? shown.reader->status().error() : errors.front().error);
    }
    shown.letter.key = "preview";
    shown.letter.locale = data.locale;
    shown.letter.recipient = data.recipient;
    shown.letter.fields = data.fields;
    return {};
}

}  // namespace

Result<std::string> sample_data(const Workspace& workspace, const std::string& template_name) {
    const auto path = workspace.template_folder(template_name) + "/template.json";
    const auto parsed = nlohmann::json::parse(TRY(read_file(path)), nullptr, false);
    if (parsed.is_discarded() || !parsed.is_object())
        return failure(Fault::BadInput, path, "is not a JSON object", "see: pli template check " + template_name);
    auto sample = parsed.value("sample", nlohmann::json::object());
    if (!sample.is_object()) return failure(Fault::BadInput, path, "\"sample\" is not an object");
    const auto has = [&](const char* key) { return sample.contains(key); };
    if (!has("recipient") && !has("street") && !has("city") && !has("lines"))
        sample["recipient"] = someone(workspace.country);
    return sample.dump();
}

Result<OneLetter> find_letter(const Workspace& workspace, const OneLetterRequest& request) {
    OneLetter found;
    if (request.letter) {
        const auto queue = TRY(store::open(workspace.queue));
        found.letter = TRY(queue->load(*request.letter, found.template_name));
        found.letter.template_index = 0;
    } else {
        found.template_name = request.template_name;
        TRY(read_data(workspace, request, found));
    }
    return found;
}

}  // namespace pli::service
