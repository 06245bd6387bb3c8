-- Notes that a process of this format writes here. Nothing lowers it.
-- @key format   hash: `written`, the newest format, and `readable_from`, the oldest one whose processes can work with it
-- @arg written
-- @arg readableFrom
-- @return both, as they are then
local function raise(field, to)
  local known = tonumber(redis.call('HGET', format, field)) or 1
  if known >= tonumber(to) then return known end
  redis.call('HSET', format, field, to)
  return tonumber(to)
end
return {raise('written', written), raise('readable_from', readableFrom)}
