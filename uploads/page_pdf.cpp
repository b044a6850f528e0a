#include "uploads/page_pdf.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace pli::uploads {
namespace {

/// Objects in ascending order, their offsets noted for the cross-reference table.
class Writer {
public:
    void add(std::string_view body) {
        offsets_.push_back(file_.size());
        fmt::format_to(std::back_inserter(file_), "{} 0 obj\n{}\nendobj\n", offsets_.size(), body);
    }
    std::string finish() {
        const std::size_t table = file_.size();
        fmt::format_to(std::back_inserter(file_), "xref\n0 {}\n0000000000 65535 f \n", offsets_.size() + 1);
        for (const std::size_t offset : offsets_)
            fmt::format_to(std::back_inserter(file_), "{:010} 00000 n \n", offset);
        fmt::format_to(std::back_inserter(file_), "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n",
                       offsets_.size() + 1, table);
        return std::move(file_);
    }

private:
    std::string file_ = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    std::vector<std::size_t> offsets_;
};

/// `first` is the number of the first foreign object: it stands behind catalog, page tree, and two objects a page.
std::string numbered(const ForeignObject& object, std::uint32_t first) {
    std::string body;
    std::size_t done = 0;
    for (const auto& reference : object.references) {
        body.append(object.bytes, done, reference.offset - done);
        fmt::format_to(std::back_inserter(body), "{} 0 R", first + reference.object);
        done = reference.offset;
    }
    return body.append(object.bytes, done);
}

std::string kids(std::size_t pages) {
    std::string numbers;
    for (std::size_t i = 0; i < pages; ++i) fmt::format_to(std::back_inserter(numbers), "{} 0 R ", 3 + 2 * i);
    numbers.pop_back();
    return numbers;
}

}  // namespace

std::string pages_pdf(const std::vector<ForeignObject>& objects, const std::vector<PageForm>& pages) {
    const auto first = static_cast<std::uint32_t>(3 + 2 * pages.size());
    Writer writer;
    writer.add("<</Type/Catalog/Pages 2 0 R>>");
    writer.add(fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", pages.size(), kids(pages.size())));
    for (std::size_t i = 0; i < pages.size(); ++i) {
        writer.add(
            fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 {:.4f} {:.4f}]"
                        "/Resources<</XObject<</X {} 0 R>>>>/Contents {} 0 R>>",
                        pages[i].size.width.to_pt(), pages[i].size.height.to_pt(), first + pages[i].form, 4 + 2 * i));
        writer.add("<</Length 5>>\nstream\n/X Do\nendstream");
    }
    for (const ForeignObject& object : objects) writer.add(numbered(object, first));
    return writer.finish();
}

std::string page_pdf(const std::vector<ForeignObject>& objects, std::uint32_t form, Size size) {
    return pages_pdf(objects, {{size, form}});
}

std::string page_pdf(const ForeignPage& page) { return page_pdf(*page.objects, page.form, page.size); }

}  // namespace pli::uploads
