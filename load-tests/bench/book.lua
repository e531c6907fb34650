-- Books without a pause: each request has a key of its own and one of the quotes of the file QUOTES.
-- With TOKENS, it is a customer whose access token is in that file. With ADMISSIONS, it shows the next
-- one of that file, so that none is shown twice while they last. With LOOKS, so many of every
-- LOOKS + 1 requests look at LOOK instead, and nobody books twice in a row. Says at the end what
-- became of them, as a line of JSON.
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init()
  quotes = {}
  for line in io.lines(os.getenv("QUOTES")) do
    quotes[#quotes + 1] = '{"quote":"' .. line .. '"}'
  end
  tokens = {}
  if os.getenv("TOKENS") then
    for line in io.lines(os.getenv("TOKENS")) do
      tokens[#tokens + 1] = "Bearer " .. line
    end
  end
  admissions = {}
  if os.getenv("ADMISSIONS") then
    for line in io.lines(os.getenv("ADMISSIONS")) do
      admissions[#admissions + 1] = line
    end
  end
  math.randomseed(os.time() + number)
  run = os.getenv("RUN")
  path = os.getenv("BOOK")
  looks = tonumber(os.getenv("LOOKS") or "0")
  look = looks > 0 and wrk.format("GET", os.getenv("LOOK")) or nil
  sent = 0
  answered = {}
end

local headers = { ["content-type"] = "application/json" }

function request()
  sent = sent + 1
  if look and sent % (looks + 1) ~= 0 then
    return look
  end
  headers["idempotency-key"] = string.format("%s-%02d-%012d", run, number, sent)
  headers["authorization"] = #tokens > 0 and tokens[math.random(#tokens)] or nil
  headers["x-admission"] = admissions[(sent - 1) % math.max(#admissions, 1) + 1]
  return wrk.format("POST", path, headers, quotes[math.random(#quotes)])
end

function response(status)
  answered[status] = (answered[status] or 0) + 1
end

function done(summary, latency)
  local statuses = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("answered")) do
      statuses[status] = (statuses[status] or 0) + count
    end
  end
  local parts = {}
  for status, count in pairs(statuses) do
    parts[#parts + 1] = string.format('"%d":%d', status, count)
  end
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"micros":%d,"p50Ms":%.3f,"p99Ms":%.3f,"broken":%d,"statuses":{%s}}',
    summary.requests, summary.duration, latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, errors.connect + errors.read + errors.write + errors.timeout,
    table.concat(parts, ",")))
end
