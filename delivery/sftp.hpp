#pragma once
#include <memory>

#include "delivery/far_side.hpp"

namespace pli::delivery {

/// A folder behind SFTP.
/// Source   draft-ietf-secsh-filexfer-02 (SFTP 3); OpenSSH's extensions fsync, statvfs, posix-rename where there are
Result<std::unique_ptr<FarSide>> open_sftp(const Place& place);

}  // namespace pli::delivery
