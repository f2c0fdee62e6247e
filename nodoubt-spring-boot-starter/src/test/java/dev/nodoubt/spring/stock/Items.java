package dev.nodoubt.spring.stock;

import org.springframework.data.jpa.repository.JpaRepository;

interface Items extends JpaRepository<Item, String> {}
