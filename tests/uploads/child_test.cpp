#include "uploads/child_process.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/uploads/test_pdf.hpp"

namespace pli::uploads {
namespace {

/// Puts another program in the place of pli-import.
struct Instead {
    explicit Instead(const char* program) { setenv("PLI_IMPORT", program, 1); }
    ~Instead() { unsetenv("PLI_IMPORT"); }
    Instead(const Instead&) = delete;
    Instead& operator=(const Instead&) = delete;
};

}  // namespace

TEST_CASE("a child that never answers is stopped when its time is over", "[uploads]") {
    const Instead sleeper("tests/data/uploads/never_answers.sh");
    ImportOptions options;
    options.limits.wall_seconds = 1;
    CHECK_THAT(refusal_of(pdf_of({}), options).text(), Catch::Contains("flyer.pdf: reading it took more than 1 s"));
}

TEST_CASE("a child that writes without end is stopped at the output limit", "[uploads]") {
    const Instead chatterbox("/usr/bin/yes");
    ImportOptions options;
    options.limits.output_bytes = 1u << 20;
    CHECK_THAT(refusal_of(pdf_of({}), options).text(), Catch::Contains("need more than 1 MB"));
}

TEST_CASE("an answer that is no answer is refused", "[uploads]") {
    const Instead echo("/bin/echo");
    CHECK_THAT(refusal_of(pdf_of({})).text(), Catch::Contains("answer is cut short or damaged"));
}

TEST_CASE("a child that gives up is quoted", "[uploads]") {
    const Instead fails("/bin/sleep");
    CHECK_THAT(refusal_of(pdf_of({})).text(), Catch::Contains("the reader gave up") && Catch::Contains("sleep"));
}

TEST_CASE("a missing reader is the installation's fault, not the upload's", "[uploads]") {
    const Instead missing("/nowhere/pli-import");
    const Error error = refusal_of(pdf_of({}));
    CHECK(error.fault == Fault::Environment);
    CHECK_THAT(error.text(), Catch::Contains("/nowhere/pli-import") && Catch::Contains("PLI_IMPORT"));
}

TEST_CASE("the child inherits neither files nor secrets", "[uploads]") {
    setenv("PLI_TEST_SECRET", "hush", 1);
    const Instead environment("/usr/bin/env");
    const auto outcome = run_child({}, "", {});
    unsetenv("PLI_TEST_SECRET");
    REQUIRE(outcome);
    CHECK_THAT(outcome->output, Catch::Contains("LC_ALL=C") && !Catch::Contains("PLI_TEST_SECRET"));
    const Instead list("/bin/ls");
    const auto files = run_child({"/proc/self/fd"}, "", {});
    REQUIRE(files);
    CHECK(files->output == "0\n1\n2\n3\n");  // 3 is the folder that ls itself reads
}

}  // namespace pli::uploads
