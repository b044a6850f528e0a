#pragma once
#include <string>

#include "render/codes.hpp"
#include "tests/outside/outside.hpp"

namespace pli::test {

/// A code as a grey picture, eight pixels a module, with a quiet zone of four modules.
void write_pgm(const std::string& path, const render::Modules& modules);

}  // namespace pli::test
