package dev.nodoubt.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.transaction.TransactionManager;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionInterceptor;

/** Finds the manager that Spring will use for a transactional method, as Spring itself will. */
@SuppressWarnings("ReferenceEquality") // two managers are the same only if they are one
final class SpringManagers extends TransactionAspectSupport {

    /** Under which Spring Data's repositories keep the name of their manager. */
    private static final String REPOSITORYS = "transactionManager";

    private final ConfigurableListableBeanFactory beans;

    SpringManagers(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
        setBeanFactory(beans);
        TransactionInterceptor interceptor =
                beans.getBeanProvider(TransactionInterceptor.class).getIfUnique();
        if (interceptor != null && interceptor.getTransactionManager() != null) {
            setTransactionManager(interceptor.getTransactionManager());
        }
    }

    /** Null when Spring will find none, and say so itself. */
    @Nullable
    TransactionManager of(TransactionAttribute attribute, Class<?> type) {
        try {
            return determineTransactionManager(attribute, type);
        } catch (BeansException | IllegalStateException e) {
            return null;
        }
    }

    /** The manager of a repository of Spring Data; null for every other bean. */
    @Nullable
    TransactionManager ofRepository(String bean) {
        if (!beans.containsBeanDefinition(bean)) {
            return null;
        }
        BeanDefinition definition = beans.getMergedBeanDefinition(bean);
        Object manager = definition.getPropertyValues().get(REPOSITORYS);
        return manager instanceof String name && beans.isTypeMatch(name, TransactionManager.class)
                ? beans.getBean(name, TransactionManager.class)
                : null;
    }

    /** The bean's name in quotes, or the class of what is no bean. */
    String name(TransactionManager manager) {
        return beans.getBeansOfType(TransactionManager.class).entrySet().stream()
                .filter(bean -> bean.getValue() == manager)
                .map(Map.Entry::getKey)
                .findFirst()
                .map(name -> "\"" + name + "\"")
                .orElse(manager.getClass().getName());
    }
}
