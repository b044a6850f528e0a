-- POST /v2/letters, one letter a request, each with a key of its own.
--   wrk -t1 -c64 -d10s --latency -H "Authorization: Bearer $(cat token.txt)" -s bench/serve/letters.lua http://127.0.0.1:8080/v2/letters -- RUN
local thread, request_number = 0, 0

function setup(t)
  thread = thread + 1
  t:set("thread_number", thread)
end

function init(args)
  run = args[1] or "run"
end

function request()
  request_number = request_number + 1
  return wrk.format("POST", nil, nil, string.format(
    '{"template":"merci","key":"%s-%d-%d","recipient":{"first_name":"Zoe","last_name":"Ile","street":"3 rue des Lilas",'
      .. '"postal_code":"%05d","city":"Toulouse"},"data":{"order":{"number":"A-%d","total":"34.50","items":[{"name":"x","quantity":1}]}}}',
    run, thread_number, request_number, request_number % 90000 + 1000, request_number))
end
