// Put before every file of the preset `fuzz`: clang before 17 rejects qpdf 11's JSON.hh in C++20 with libstdc++ (a vector
// of a class that is not complete yet). Pli uses nothing of it; qpdf's other headers only name the class.
#pragma once
#define JSON_HH
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>
class JSON;
