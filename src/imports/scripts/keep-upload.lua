-- Renews the lease of an upload and of what it wrote.
-- @key rows    hash: chunk → its rows, sealed
-- @key marks   string: one byte per row
-- @key lease   string: holder of the upload
-- @arg holder  expected holder
-- @arg leaseMs
-- @return 1; 0 when the lease was lost: the keys may belong to another upload
if redis.call('GET', lease) ~= holder then return 0 end
redis.call('PEXPIRE', lease, leaseMs)
redis.call('PEXPIRE', rows, leaseMs * 2)
redis.call('PEXPIRE', marks, leaseMs * 2)
return 1
