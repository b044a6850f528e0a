#pragma once
#include <cstdint>
#include <string>

#include "pipeline/night_run.hpp"
#include "pipeline/press_layout.hpp"
#include "pipeline/production_class.hpp"

namespace pli::pipeline {

/// What is settled about a batch before its first piece is printed.
struct BatchSpec {
    std::string name;  // "2026-11-22-1-a4-80-dl-duplex-colour-0001"
    std::string id;    // 14 digits, in the code on each sheet
    ProductionClass production;
    PressLayout layout;
    std::uint64_t first_number = 0;  // franked: what precedes its running numbers
};

/// How the names of the plan's batches begin, and of no other's: "2026-11-22-1-", "2026-11-22-1-0003-" for a unit.
std::string batch_prefix(const RunPlan& plan);

/// `number` counts the batches of a class within the run or its unit, from 1.
BatchSpec batch_spec(const RunPlan& plan, const ProductionClass& production, std::uint32_t number);

}  // namespace pli::pipeline
