-- Grants requests of the current minute from two limits at once, in batches, so that not every request has to ask.
-- @key tenant        hash: minute, used
-- @key caller        the same
-- @arg tenantLimit   per minute
-- @arg tenantWanted  number wanted; negative: returned
-- @arg tenantMinute  the minute that returned ones belong to
-- @arg callerLimit   the same for the caller
-- @arg callerWanted
-- @arg callerMinute
-- @return {minute, ms until it ends, tenant: granted, remaining, caller: granted, remaining}
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local minute = math.floor(now / 60000)
local answer = {minute, (minute + 1) * 60000 - now}
for i, asked in ipairs({{tenant, tenantLimit, tenantWanted, tenantMinute}, {caller, callerLimit, callerWanted, callerMinute}}) do
  local key, limit, wanted, of = asked[1], tonumber(asked[2]), tonumber(asked[3]), tonumber(asked[4])
  local state = redis.call('HMGET', key, 'minute', 'used')
  local used = tonumber(state[1]) == minute and tonumber(state[2]) or 0
  local given = 0
  if wanted > 0 then given = math.max(0, math.min(wanted, limit - used))
  elseif of == minute then given = math.max(wanted, -used) end
  if given ~= 0 then
    redis.call('HSET', key, 'minute', minute, 'used', used + given)
    redis.call('PEXPIRE', key, 120000)
  end
  answer[i * 2 + 1] = given
  answer[i * 2 + 2] = math.max(0, limit - used - given)
end
return answer
