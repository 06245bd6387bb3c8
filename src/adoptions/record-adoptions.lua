-- Records outcomes of users, once each, and ends the work on them.
-- @key state        hash
-- @key users        list: ids of users in order
-- @key outcomes     hash: id of a user → its outcome
-- @key ...claims    of these users
-- @arg id           of the adoption
-- @arg keepMs       lifetime from now on
-- @arg ...recorded  per user: id, outcome, and the event to emit ('': none)
for i = 1, #recorded, 3 do
  local user, outcome, event = recorded[i], recorded[i + 1], recorded[i + 2]
  if redis.call('HSETNX', outcomes, user, outcome) == 1 then
    redis.call('RPUSH', users, user)
    redis.call('HINCRBY', state, 'count:' .. outcome, 1)
    -- Kept until it is handed over.
    if event ~= '' then redis.call('HSET', state, 'event:' .. cjson.decode(event).id, event) end
  end
end
redis.call('HDEL', state, 'writing')
for _, key in ipairs({ state, users, outcomes }) do redis.call('PEXPIRE', key, keepMs) end
for _, claim in ipairs(claims) do
  -- One that has expired may be another adoption's.
  if redis.call('GET', claim) == id then redis.call('DEL', claim) end
end
return 1
