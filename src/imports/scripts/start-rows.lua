-- May these rows be sent to the authority now? They are marked as started: from then on the authority may know of them.
-- KEYS[1]  hash: state of the import
-- KEYS[2]  string: a byte for each row
-- ARGV     row numbers
-- Returns  1, or 0 when the import is paused or ended.
local status = redis.call('HGET', KEYS[1], 'status')
if status ~= 'queued' and status ~= 'running' then return 0 end
for i = 1, #ARGV do
  local at = tonumber(ARGV[i]) - 1
  if redis.call('GETRANGE', KEYS[2], at, at) == '.' then redis.call('SETRANGE', KEYS[2], at, 'o') end
end
return 1
