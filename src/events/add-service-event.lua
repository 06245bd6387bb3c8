-- Adds an event of a service to the outbox, once for each idempotency key.
-- @key outbox       stream
-- @key posted?      with an idempotency key: string: fingerprint and time of the event that was added with it
-- @arg event        as text
-- @arg limit        number of events in the outbox from which on none is added
-- @arg fingerprint  of the request
-- @arg time         of the event
-- @arg keepMs       TTL of `posted`
-- @return {'added'}; {'known', time} when it was added before; {'other'} when another one was, with the same key; {'full'}
local before = posted and redis.call('GET', posted)
if before then
  local print, at = string.match(before, '^(%S*) (%S+)$')
  if print == fingerprint then return {'known', at} end
  return {'other'}
end
if redis.call('XLEN', outbox) >= tonumber(limit) then return {'full'} end
redis.call('XADD', outbox, '*', 'e', event)
if posted then redis.call('SET', posted, fingerprint .. ' ' .. time, 'PX', keepMs) end
return {'added'}
