CREATE TABLE IF NOT EXISTS account (id varchar(20) PRIMARY KEY, balance int NOT NULL CHECK (balance >= 0));
CREATE TABLE IF NOT EXISTS notification (text varchar(200) NOT NULL);
INSERT INTO account SELECT * FROM (VALUES ('alice', 1), ('bob', 0)) AS first (id, balance)
    WHERE NOT EXISTS (SELECT 1 FROM account);
