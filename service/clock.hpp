#pragma once
#include "base/day.hpp"

namespace pli::service {

/// The machine's clock, in whole seconds. Everything below `service` gets time as an argument.
Instant now();

/// The calendar day it is where the person is, by TZ: what a letter's day, a price list and a profile go by.
Day local_day(Instant at);

}  // namespace pli::service
