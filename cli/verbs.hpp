#pragma once
#include <functional>
#include <string>

#include "cli/console.hpp"

namespace CLI {
class App;
}

namespace pli::cli {

/// What the chosen verb does once the command line has been read.
using Action = std::function<Exit()>;

/// Each declares its options on `verb` and sets `action` when it is chosen. Session outlives both.
void init(CLI::App& verb, const Session& session, Action& action);             // cli/init.cpp
void template_check(CLI::App& verb, const Session& session, Action& action);   // cli/template_check.cpp
void upload_check(CLI::App& verb, const Session& session, Action& action);     // cli/upload_check.cpp
void letters_add(CLI::App& verb, const Session& session, Action& action);      // cli/letters_add.cpp
void letters_list(CLI::App& verb, const Session& session, Action& action);     // cli/letters.cpp
void letters_show(CLI::App& verb, const Session& session, Action& action);     // cli/letters.cpp
void letters_hold(CLI::App& verb, const Session& session, Action& action);     // cli/letters.cpp
void letters_release(CLI::App& verb, const Session& session, Action& action);  // cli/letters.cpp
void letters_cancel(CLI::App& verb, const Session& session, Action& action);   // cli/letters.cpp
void address_check(CLI::App& verb, const Session& session, Action& action);    // cli/address_check.cpp
void run(CLI::App& verb, const Session& session, Action& action);              // cli/night.cpp
void worker(CLI::App& verb, const Session& session, Action& action);           // cli/night.cpp
void store_backup(CLI::App& verb, const Session& session, Action& action);     // cli/store.cpp
void store_restore(CLI::App& verb, const Session& session, Action& action);    // cli/store.cpp
void store_check(CLI::App& verb, const Session& session, Action& action);      // cli/store.cpp
void postage(CLI::App& verb, const Session& session, Action& action);          // cli/postage.cpp
void batch_verify(CLI::App& verb, const Session& session, Action& action);     // cli/batch.cpp
void batch_deliver(CLI::App& verb, const Session& session, Action& action);    // cli/batch_deliver.cpp
void batch_results(CLI::App& verb, const Session& session, Action& action);    // cli/batch_account.cpp
void batch_reprint(CLI::App& verb, const Session& session, Action& action);    // cli/batch_again.cpp
void batch_pull(CLI::App& verb, const Session& session, Action& action);       // cli/batch_again.cpp
void batch_show(CLI::App& verb, const Session& session, Action& action);       // cli/batch_account.cpp
void upload_repair(CLI::App& verb, const Session& session, Action& action);    // cli/upload_repair.cpp
void impose(CLI::App& verb, const Session& session, Action& action);           // cli/impose.cpp
void preview(CLI::App& verb, const Session& session, Action& action);          // cli/preview.cpp
void serve(CLI::App& verb, const Session& session, Action& action);            // cli/serve.cpp
void token_new(CLI::App& verb, const Session& session, Action& action);        // cli/token.cpp
void token_list(CLI::App& verb, const Session& session, Action& action);       // cli/token.cpp
void token_revoke(CLI::App& verb, const Session& session, Action& action);     // cli/token.cpp
void token_rotate(CLI::App& verb, const Session& session, Action& action);     // cli/token.cpp

}  // namespace pli::cli
