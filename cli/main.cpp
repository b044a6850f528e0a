#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <csignal>
#include <exception>

#include "cli/verbs.hpp"

namespace {
using namespace pli::cli;

struct Verb {
    const char* group;  // empty: stands alone
    const char* name;
    const char* help;
    void (*declare)(CLI::App&, const Session&, Action&);
};

constexpr std::array verbs{
    Verb{"", "init", "make a workspace: pli.toml, a first template, an empty queue", init},
    Verb{"template", "check", "compile a template and report every problem with line and column", template_check},
    Verb{"upload", "check", "look at a PDF as carrier and press would: zones, fonts, pictures, colours, safety",
         upload_check},
    Verb{"letters", "add", "queue letters from a CSV or JSON Lines file", letters_add},
    Verb{"letters", "list", "letters of the queue, a page at a time", letters_list},
    Verb{"letters", "show", "one letter: its state, recipient, fields, and what happened to it", letters_show},
    Verb{"letters", "hold", "keep letters from the next run", letters_hold},
    Verb{"letters", "release", "let held or rejected letters go", letters_release},
    Verb{"letters", "cancel", "take letters out of the queue for good", letters_cancel},
    Verb{"address", "check", "look over a list of addresses: the block as printed, what will hold it up",
         address_check},
    Verb{"", "run", "the night run: typeset all letters that are due into batches for the print house", run},
    Verb{"", "worker", "one of several processes that share the units of one run", worker},
    Verb{"store", "backup", "write all of the queue into one file, while others go on with it", store_backup},
    Verb{"store", "restore", "fill an empty queue from a backup, of whichever database it was", store_restore},
    Verb{"store", "check", "count what is in the queue, and whether it hangs together", store_check},
    Verb{"", "postage", "what one letter, or the coming run, costs to post, and why", postage},
    Verb{"batch", "verify",
         "check a batch as the print house would: checksums, manifest, PDF/X-4, PDF/VT-1, and what pixels show",
         batch_verify},
    Verb{"batch", "deliver", "bring a batch to its print house: a folder or SFTP, whole or not at all", batch_deliver},
    Verb{"batch", "results", "take in what the print house reports of a batch: produced, spoiled, mailed, returned",
         batch_results},
    Verb{"batch", "reprint", "print the spoiled pieces of a batch again, as a batch of their own", batch_reprint},
    Verb{"batch", "pull", "list the pieces of a batch that were cancelled since, by where they lie", batch_pull},
    Verb{"batch", "show", "how a batch stands, and what is missing until it closes", batch_show},
    Verb{"upload", "repair", "carry out repairs on an uploaded PDF and tell what was done", upload_repair},
    Verb{"", "impose", "lay the pages of any PDF on press sheets, with marks", impose},
    Verb{"", "preview", "one letter as PNG or PDF", preview},
    Verb{"", "serve", "the service: the HTTP API for letters, templates, previews and batches", serve},
    Verb{"token", "new", "make a bearer token for the API", token_new},
    Verb{"token", "list", "the tokens of a workspace", token_list},
    Verb{"token", "revoke", "end a token at once", token_revoke},
    Verb{"token", "rotate", "sign with a new key from now on", token_rotate},
};

struct Group {
    const char* name;
    const char* help;
};
constexpr std::array groups{Group{"template", "look after templates"},
                            Group{"letters", "look after the queue"},
                            Group{"address", "look after addresses"},
                            Group{"batch", "look after finished batches"},
                            Group{"upload", "look after uploaded PDFs"},
                            Group{"store", "look after the database"},
                            Group{"token", "look after who may use the service"}};

constexpr const char* footer = R"(
A first evening:
  pli init boutique && cd boutique
  pli template check merci
  pli preview --template merci -o merci.png
  pli letters add customers.csv --template merci
  pli run

Exit status: 0 done, 1 done with findings or rejected letters, 2 bad usage or input, 3 environment.)";

CLI::App& group_of(CLI::App& app, const Verb& verb) {
    return *verb.group == '\0' ? app : *app.get_subcommand(verb.group);
}

void declare_verbs(CLI::App& app, const Session& session, Action& action) {
    for (const Group& group : groups) app.add_subcommand(group.name, group.help)->require_subcommand(1)->fallthrough();
    for (const Verb& verb : verbs) {
        auto* declared = group_of(app, verb).add_subcommand(verb.name, verb.help);
        declared->fallthrough();
        verb.declare(*declared, session, action);
    }
}

int main_of(int argc, char** argv) {
    CLI::App app{"pli turns customer events into letters on a press.", "pli"};
    Session session;
    Action action;
    app.set_version_flag("--version", "pli " PLI_VERSION);
    app.add_option("-w,--workspace", session.workspace, "the workspace's folder (default: the current one)");
    app.add_flag("--json", session.json, "one JSON report on stdout instead of text");
    app.require_subcommand(1);
    app.fallthrough();
    app.footer(footer);
    declare_verbs(app, session, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int status = app.exit(error);
        return status == 0 ? 0 : static_cast<int>(Exit::BadInput);
    }
    return static_cast<int>(action());
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of write(), not the end
    std::signal(SIGXFSZ, SIG_IGN);  // so is a file-size limit
    try {
        return main_of(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "pli: {}\n", error.what());
        return static_cast<int>(Exit::Environment);
    }
}
