// docs/api.md: what it tells people to type works.
#include <catch2/catch.hpp>

#include "tests/http/service_for_tests.hpp"

using namespace pli::http::test;

namespace {

/// The first block of shell of a page.
std::string first_commands(const std::string& page) {
    const auto text = pli::test::read_file(page);
    const auto from = text.find("```sh\n") + 6;
    return text.substr(from, text.find("```", from) - from);
}

void replace_all(std::string& text, const std::string& part, const std::string& by) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + by.size()))
        text.replace(at, part.size(), by);
}

/// A port that was free a moment ago.
std::string free_port() {
    Served served;
    return std::to_string(served.port());
}

}  // namespace

TEST_CASE("the first page of the API's guide does what it says", "[http][guide]") {
    const Folder folder;
    auto script = first_commands("docs/api.md");
    replace_all(script, "8080", free_port());
    // A link and no function of the shell: what is put into the background must be the service itself.
    const auto path = folder.write("guide.sh", "cd " + folder.path() +
                                                   "\nmkdir bin\nln -s " PLI_PROGRAM " bin/pli\nPATH=$PWD/bin:$PATH\n" +
                                                   script + "\nkill $!\nwait $!\nfile letter.png\n");
    const auto ran = pli::test::run("timeout 60 sh " + path + " 2>&1");
    INFO(ran.output);
    CHECK_THAT(ran.output, Catch::Contains(R"({"id":1,"result":"queued","test":false})"));
    CHECK_THAT(ran.output, Catch::Contains(R"("name":"Zoë Île")"));
    CHECK_THAT(ran.output, Catch::Contains("PNG image data"));
    CHECK_THAT(ran.output, Catch::Contains(R"("state":"cancelled")"));
}

TEST_CASE("the proxy's settings in the guide are such that nginx takes them", "[http][guide]") {
    const Folder folder;
    auto settings = pli::test::read_file("docs/nginx.conf");
    pli::test::output_of("openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -keyout " + (folder / "key") +
                         " -out " + (folder / "pem") + " 2>/dev/null");
    replace_all(settings, "/etc/ssl/certs/letters.example.org.pem", folder / "pem");
    replace_all(settings, "/etc/ssl/private/letters.example.org.key", folder / "key");
    const auto file =
        folder.write("nginx.conf", "pid " + (folder / "pid") + ";\nevents {}\nhttp {\n" + settings + "\n}\n");
    const auto judged =
        pli::test::run("PATH=$PATH:/usr/sbin nginx -t -c " + file + " -e " + (folder / "log") + " 2>&1");
    INFO(judged.output);
    CHECK(judged.status == 0);
}
