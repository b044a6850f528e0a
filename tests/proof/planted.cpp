#include "tests/proof/planted.hpp"

#include <filesystem>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDFWriter.hh>

namespace pli::test {

PlantedFault::PlantedFault(const std::string& pdf) : path_(pdf) { pdf_.processFile(pdf.c_str()); }

QPDFObjectHandle PlantedFault::page_at(std::size_t page) { return pdf_.getAllPages().at(page - 1); }

std::vector<QPDFObjectHandle> PlantedFault::contents_of(std::size_t page) { return page_at(page).getPageContents(); }

void PlantedFault::swap(std::size_t a, std::size_t b) {
    const auto first = page_at(a).getKey("/Contents"), second = page_at(b).getKey("/Contents");
    page_at(a).replaceKey("/Contents", second);
    page_at(b).replaceKey("/Contents", first);
}

void PlantedFault::remove(std::size_t page) { pdf_.removePage(page_at(page)); }

void PlantedFault::draw_before(std::size_t page, const std::string& operators) {
    auto contents = contents_of(page);
    contents.insert(contents.begin(), QPDFObjectHandle::newStream(&pdf_, operators + "\n"));
    page_at(page).replaceKey("/Contents", QPDFObjectHandle::newArray(contents));
}

void PlantedFault::draw_after(std::size_t page, const std::string& operators) {
    auto contents = contents_of(page);
    contents.push_back(QPDFObjectHandle::newStream(&pdf_, "\n" + operators));
    page_at(page).replaceKey("/Contents", QPDFObjectHandle::newArray(contents));
}

std::string PlantedFault::operators_of(std::size_t page) {
    std::string all;
    for (auto& stream : contents_of(page)) {
        const auto data = stream.getStreamData(qpdf_dl_generalized);
        all.append(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
        all += '\n';
    }
    return all;
}

void PlantedFault::write() {
    const auto planted = path_ + ".planted";
    QPDFWriter writer(pdf_, planted.c_str());
    writer.write();
    std::filesystem::rename(planted, path_);
}

}  // namespace pli::test
