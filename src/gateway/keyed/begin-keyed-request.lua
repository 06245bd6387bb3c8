-- Begins a request with an idempotency key, unless there was one with this key.
-- @key request      hash: fingerprint, attempt, state (`running`, `kept`, `unkept`, `unknown`), until, status, answer
-- @key requests     zset: id of each request of the tenant → when it expires, ms
-- @arg id           of the request
-- @arg fingerprint  of its content
-- @arg attempt      who begins it
-- @arg leaseMs      how long it is taken to run without a renewal
-- @arg keepMs       lifetime
-- @arg limit        of requests of the tenant
-- @return {'begun' | 'other': begun with another content | 'running' | 'kept' | 'unkept', status | 'unknown' | 'full'}
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local known = redis.call('HMGET', request, 'fingerprint', 'state', 'until', 'status')
if known[1] then
  if known[1] ~= fingerprint then return {'other'} end
  -- Its process died.
  if known[2] == 'running' and tonumber(known[3]) < now then return {'unknown'} end
  return {known[2], known[4] or ''}
end
redis.call('ZREMRANGEBYSCORE', requests, '-inf', now)
if redis.call('ZCARD', requests) >= tonumber(limit) then return {'full'} end
redis.call('HSET', request, 'fingerprint', fingerprint, 'attempt', attempt, 'state', 'running')
redis.call('HSET', request, 'until', string.format('%.0f', now + leaseMs))
redis.call('PEXPIRE', request, keepMs)
redis.call('ZADD', requests, string.format('%.0f', now + keepMs), id)
redis.call('PEXPIRE', requests, keepMs)
return {'begun'}
