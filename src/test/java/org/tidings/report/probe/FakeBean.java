package org.tidings.report.probe;

import java.util.HashMap;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeChangeNotification;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.NotificationBroadcasterSupport;

/** A bean with the attributes that a test gives it, which tells when they change. */
final class FakeBean extends NotificationBroadcasterSupport implements DynamicMBean {
    private final Map<String, Object> attributes;

    FakeBean(Map<String, Object> attributes) {
        this.attributes = new HashMap<>(attributes);
    }

    void change(String attribute, Object value) {
        Object before = attributes.put(attribute, value);
        sendNotification(new AttributeChangeNotification(
                this, 0, 0, attribute, attribute, value.getClass().getName(), before, value));
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        if (!attributes.containsKey(attribute)) {
            throw new AttributeNotFoundException(attribute);
        }
        return attributes.get(attribute);
    }

    @Override
    public void setAttribute(Attribute attribute) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AttributeList setAttributes(AttributeList values) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object invoke(String action, Object[] arguments, String[] signature) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return new MBeanInfo(FakeBean.class.getName(), "", null, null, null, new MBeanNotificationInfo[0]);
    }
}
