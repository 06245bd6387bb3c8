-- Word of an upload: it and what it wrote stay for another while.
-- @key rows    hash: chunk → its rows, sealed
-- @key marks   string: a byte for each row
-- @key lease   string: whose upload it is
-- @arg holder  whose it should be
-- @arg leaseMs
-- @return 1; 0 when the lease was lost meanwhile: what is there may be another's
if redis.call('GET', lease) ~= holder then return 0 end
redis.call('PEXPIRE', lease, leaseMs)
redis.call('PEXPIRE', rows, leaseMs * 2)
redis.call('PEXPIRE', marks, leaseMs * 2)
return 1
