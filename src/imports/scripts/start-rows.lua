-- Marks rows as started, if they may be sent to Auth0 now: from then on Auth0 may know of them.
-- @key state       hash: state of the import
-- @key marks       string: one byte per row
-- @arg ...numbers  of the rows
-- @return 1, or 0 when the import is paused or ended
local status = redis.call('HGET', state, 'status')
if status ~= 'queued' and status ~= 'running' then return 0 end
for _, number in ipairs(numbers) do
  local at = tonumber(number) - 1
  if redis.call('GETRANGE', marks, at, at) == '.' then redis.call('SETRANGE', marks, at, 'o') end
end
return 1
