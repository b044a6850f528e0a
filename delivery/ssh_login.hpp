#pragma once
#include <libssh/libssh.h>

#include "base/release.hpp"
#include "base/result.hpp"
#include "delivery/place.hpp"

namespace pli::delivery {

/// A session with a server whose host key is one of the place's, logged in.
/// Source   RFC 4251 to 4254; libssh 0.10
/// Errors   Environment: no connection. BadInput: the host key is unknown or changed, the login is refused, a key file or
///          password file that others may read
/// Threads  one thread at a time
using SshSession = Handle<ssh_session_struct, ssh_free>;
Result<SshSession> log_in(const Place& place);

}  // namespace pli::delivery
