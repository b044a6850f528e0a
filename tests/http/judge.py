#!/usr/bin/env python3
"""judge.py OPENAPI EXCHANGES: is every answer as the description of the API says? One exchange a line: method, route,
status, type, request, answer. Also whether the description itself is well formed and every $ref leads somewhere.
Judge: python3-jsonschema, JSON Schema 2020-12 as OpenAPI 3.1 prescribes."""
import json
import sys

from jsonschema import Draft202012Validator, FormatChecker, RefResolver


def lookup(document, pointer):
    for part in pointer.removeprefix("#/").split("/"):
        document = document[part.replace("~1", "/").replace("~0", "~")]
    return document


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def schemas(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "schema":
                yield value
            else:
                yield from schemas(value)
    elif isinstance(node, list):
        for value in node:
            yield from schemas(value)


def errors_of(document, schema, instance):
    validator = Draft202012Validator(schema, resolver=RefResolver("", document), format_checker=FormatChecker())
    return [f"{list(e.absolute_path)}: {e.message[:300]}" for e in validator.iter_errors(instance)]


def response_of(document, operation, status):
    response = operation["responses"].get(str(status), operation["responses"].get("default"))
    return lookup(document, response["$ref"]) if "$ref" in response else response


def judge(document, exchange):
    operation = document["paths"].get(exchange["route"], {}).get(exchange["method"].lower())
    if operation is None:
        return ["is not described"]
    wrong = []
    if exchange["status"] < 400 and exchange["request"] is not None:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        wrong += [f"request {e}" for e in errors_of(document, schema, exchange["request"])]
    content = response_of(document, operation, exchange["status"]).get("content", {})
    kind = exchange["type"].split(";")[0]
    if not content:
        return wrong + ([f"has a body of {kind}"] if exchange["answer"] is not None else [])
    if kind not in content and "*/*" not in content:
        return wrong + [f"is {kind}, described are {', '.join(content)}"]
    if "json" not in kind or kind not in content:
        return wrong
    return wrong + errors_of(document, content[kind]["schema"], exchange["answer"])


def main():
    document = json.load(open(sys.argv[1], encoding="utf-8"))
    complaints = []
    for reference in references(document):
        try:
            lookup(document, reference)
        except KeyError:
            complaints.append(f"{reference} leads nowhere")
    for schema in schemas(document):
        Draft202012Validator.check_schema(schema)
    count = 0
    for line in open(sys.argv[2], encoding="utf-8"):
        exchange = json.loads(line)
        count += 1
        for wrong in judge(document, exchange):
            complaints.append(f"{exchange['method']} {exchange['route']} → {exchange['status']}: {wrong}")
    print("\n".join(complaints) if complaints else f"{count} answers are as described")
    sys.exit(1 if complaints else 0)


main()
