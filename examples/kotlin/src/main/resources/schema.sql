CREATE TABLE IF NOT EXISTS booking (note varchar(200) NOT NULL);
CREATE TABLE IF NOT EXISTS notification (text varchar(200) NOT NULL);
