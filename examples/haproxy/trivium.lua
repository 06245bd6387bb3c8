-- Forward authentication: asks Trivium whether a request may pass. Anything but a clear yes is a no.

-- What Trivium decides by; nothing else of the request is sent.
local ASKED = { "authorization", "dpop", "origin", "accept", "user-agent", "sec-fetch-site", "sec-fetch-mode", "x-request-id" }
-- Framing of Trivium's answer, which is not that of ours.
local FRAMING = { ["connection"] = true, ["keep-alive"] = true, ["transfer-encoding"] = true, ["content-length"] = true }

-- Fields with several values begin with 0.
local function each(values)
  local index = -1
  return function()
    index = index + 1
    return values[index]
  end
end

local function question(txn)
  local fields = {
    ["x-original-method"] = { txn.sf:method() },
    ["x-original-uri"] = { txn.sf:pathq() },
    ["x-forwarded-for"] = { txn.sf:src() },
  }
  local given = txn.http:req_get_headers()
  for _, name in ipairs(ASKED) do
    if given[name] then
      local values = {}
      for value in each(given[name]) do
        table.insert(values, value)
      end
      fields[name] = values
    end
  end
  return fields
end

local function refuse(txn, answer)
  local reply = txn:reply({ status = 503 })
  if answer and answer.status and answer.status >= 400 then
    reply:set_status(answer.status)
    for name, values in pairs(answer.headers) do
      if not FRAMING[name] then
        for value in each(values) do
          reply:add_header(name, value)
        end
      end
    end
    reply:set_body(answer.body or "")
  end
  txn:done(reply)
end

core.register_action("trivium", { "http-req" }, function(txn, url)
  local answer = core.httpclient():get({ url = url .. "/auth/decision", headers = question(txn), timeout = 5000 })
  local principal = answer and answer.status == 200 and answer.headers["trivium-principal"]
  if not principal then
    return refuse(txn, answer)
  end
  txn.http:req_set_header("Trivium-Principal", principal[0])
  local origin = answer.headers["access-control-allow-origin"]
  local exposed = answer.headers["access-control-expose-headers"]
  if origin then txn:set_var("txn.cors_origin", origin[0]) end
  if exposed then txn:set_var("txn.cors_exposed", exposed[0]) end
end, 1)
