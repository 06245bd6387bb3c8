-- Requests that may be made in this minute, of two allowances at once: given out in lots, so that not each request has to ask.
-- KEYS  1 the tenant's  2 the caller's     each a hash: minute, used
-- ARGV  for each: limit, how many are wanted (less than 0: given back), the minute that those are of
-- Returns  {minute, ms until it ends, of the first: how many were given, how many are left, of the second: the same}
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local minute = math.floor(now / 60000)
local answer = {minute, (minute + 1) * 60000 - now}
for i = 1, 2 do
  local limit, wanted, of = tonumber(ARGV[i * 3 - 2]), tonumber(ARGV[i * 3 - 1]), tonumber(ARGV[i * 3])
  local state = redis.call('HMGET', KEYS[i], 'minute', 'used')
  local used = tonumber(state[1]) == minute and tonumber(state[2]) or 0
  local given = 0
  if wanted > 0 then given = math.max(0, math.min(wanted, limit - used))
  elseif of == minute then given = math.max(wanted, -used) end
  if given ~= 0 then
    redis.call('HSET', KEYS[i], 'minute', minute, 'used', used + given)
    redis.call('PEXPIRE', KEYS[i], 120000)
  end
  answer[i * 2 + 1] = given
  answer[i * 2 + 2] = math.max(0, limit - used - given)
end
return answer
