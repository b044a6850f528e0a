#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.hpp"
#include "base/result.hpp"
#include "http/desk.hpp"
#include "http/message.hpp"
#include "http/server.hpp"
#include "http/tokens.hpp"

namespace pli::http {

class Application;

/// A request on its way through the house, with what was found out about it at the door.
struct Call {
    Request request;
    std::vector<std::string> values;  // of the route's {…}, in its order
    std::shared_ptr<Desk> desk;       // none where the route is open to all
    Identity who;
    Instant now;
    Application* house = nullptr;  // outlives every call
};

using Handler = Result<Reply> (*)(const Call&);

/// What takes longer than a blink has workers of its own: a letter must not wait behind somebody's catalogue.
enum class Pace : std::uint8_t { Quick, Slow };

/// One line of the API. docs: http/openapi.json has the same lines, which a test checks.
struct Route {
    std::string_view method, path;  // "/v2/letters/{id}"; a last "{…}" with dots takes all that is left
    Scopes scopes;                  // any of them opens it; none: open to all
    Handler handler;
    std::uint64_t most = 0;  // bytes of body
    Admission::Body body = Admission::Body::Memory;
    Pace pace = Pace::Quick;
};

constexpr Scopes to_read = Scope::Read | Scope::Letters | Scope::Templates;

// The tables, each beside its handlers.
const std::vector<Route>& status_routes();    // status_api.cpp
const std::vector<Route>& letter_routes();    // letters_api.cpp
const std::vector<Route>& template_routes();  // templates_api.cpp
const std::vector<Route>& upload_routes();    // uploads_api.cpp
const std::vector<Route>& batch_routes();     // batches_api.cpp
const std::vector<Route>& webhook_routes();   // webhooks_api.cpp
const std::vector<Route>& page_routes();      // page_api.cpp
const std::vector<Route>& sheet_routes();     // sheets_api.cpp
const std::vector<Route>& preview_routes();   // previews_api.cpp

/// Every route there is.
const std::vector<Route>& routes();

struct Match {
    const Route* route = nullptr;  // none: no such path, or not that method
    std::vector<std::string> values;
    std::vector<std::string> methods;  // that the path has
};
Match match(std::string_view method, const std::vector<std::string>& path);

}  // namespace pli::http
